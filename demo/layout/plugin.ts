import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';

const part = (name: string) => readFileSync(new URL(`${name}.html`, import.meta.url), 'utf8');

/**
 * Gives every page its head, header and footer where it says `<!-- layout: head -->` and so on, and a box
 * of code, with a title, where it says `<!-- layout: code title -->`, when the page is built or served, and
 * marks the page's own entry in the navigation.
 */
export function layout(): Plugin {
  return {
    name: 'demo layout',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { filename }) {
        const own = `href="./${basename(filename)}"`;
        const whole = html.replace(
          /<!-- layout: (\w+) (.*?)-->/g,
          (_, name: string, title: string) => part(name).replace('{title}', title.trim()),
        );
        return whole.replace(`<a ${own}>`, `<a ${own} aria-current="page">`);
      },
    },
  };
}
