/** A WGSL file as the linker sees it. */
export interface WGSLFile {
  /** Path shown in messages, such as `shaders/lib/philox.wgsl`. */
  readonly path: string;
  readonly text: string;
}

/** Where a line of linked code came from; `line` counts from 1. */
export interface Origin {
  readonly path: string;
  readonly line: number;
}

export interface LinkedWGSL {
  readonly code: string;
  /** The origin of each line of `code`. */
  readonly origins: readonly Origin[];
}

const IMPORT = /^#import\s+(\S+)\s*$/;

/**
 * Joins a WGSL file with everything it imports, each file once, imports before importers.
 *
 * `#import name` on a line of its own names another file.
 *
 * @param entry name of the file to start from
 * @param find gives the file of a name, or undefined where there is none
 * @throws {Error} when a name is unknown; the sentence names the importer and its line
 */
export function link(entry: string, find: (name: string) => WGSLFile | undefined): LinkedWGSL {
  const lines: string[] = [];
  const origins: Origin[] = [];
  const seen = new Set<string>();

  const include = (name: string, importer: string) => {
    const file = find(name);
    if (!file) throw new Error(`link: ${importer} imports '${name}', which is not a known file`);
    if (seen.has(file.path)) return;
    seen.add(file.path);
    const own: [string, Origin][] = [];
    for (const [index, line] of file.text.split('\n').entries()) {
      const origin = { path: file.path, line: index + 1 };
      const imported = IMPORT.exec(line)?.[1];
      if (imported) include(imported, `${origin.path}:${origin.line}`);
      else own.push([line, origin]);
    }
    for (const [line, origin] of own) {
      lines.push(line);
      origins.push(origin);
    }
  };

  include(entry, 'the entry');
  return { code: lines.join('\n'), origins };
}

/** `shaders/lib/philox.wgsl:12:5` for a 1-based line and column of the linked code. */
export function locate(linked: LinkedWGSL, line: number, column: number): string {
  const origin = linked.origins[line - 1];
  return origin ? `${origin.path}:${origin.line}:${column}` : `linked code:${line}:${column}`;
}
