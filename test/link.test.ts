import { describe, expect, it } from 'vitest';
import { link, locate } from '../src/link.js';

const files: Record<string, string> = {
  main: '#import a\n#import b\nfn main() {}',
  a: '// a\n#import common\nfn a() {}',
  b: '#import common\nfn b() {}',
  common: 'const C = 1;',
  broken: 'fn x() {}\n#import missing',
  loop: '#import loop\nfn loop() {}',
  spaced: '#import   common  \nfn s() {}',
  others: '// #import common\n#import common too',
};
const find = (name: string) => {
  const text = files[name];
  return text === undefined ? undefined : { path: `shaders/${name}.wgsl`, text };
};

describe('link', () => {
  it('joins each file once, imports before importers', () => {
    expect(link('main', find).code).toBe('const C = 1;\n// a\nfn a() {}\nfn b() {}\nfn main() {}');
  });

  it('finds the file and line of every linked line', () => {
    const linked = link('main', find);
    const lines = linked.code.split('\n');
    expect(locate(linked, lines.indexOf('fn a() {}') + 1, 4)).toBe('shaders/a.wgsl:3:4');
    expect(locate(linked, lines.indexOf('fn main() {}') + 1, 1)).toBe('shaders/main.wgsl:3:1');
    expect(locate(linked, 99, 1)).toBe('linked code:99:1');
  });

  it('names the importer of an unknown file', () => {
    expect(() => link('broken', find)).toThrow(
      "link: shaders/broken.wgsl:2 imports 'missing', which is not a known file",
    );
    expect(() => link('nothing', find)).toThrow("the entry imports 'nothing'");
  });

  it('takes an import for one with spaces, but not with anything else on its line', () => {
    expect(link('spaced', find).code).toBe('const C = 1;\nfn s() {}');
    expect(link('others', find).code).toBe(files.others);
  });

  it('takes a file that imports itself', () => {
    expect(link('loop', find).code).toBe('fn loop() {}');
  });
});
