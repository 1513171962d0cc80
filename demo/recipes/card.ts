import { type Performance, shareOf, shown } from './perform.js';
import type { Recipe } from './recipe.js';

/** A recipe on the page: its claim, what runs it, and what came of it. */
export interface Card {
  readonly recipe: Recipe;
  readonly element: HTMLElement;
  /** Whether it may be run. */
  allow(allowed: boolean): void;
  begin(): void;
  progress(done: number): void;
  show(performed: Performance): void;
  /** Says why there is nothing to show. */
  fail(why: string): void;
}

interface Actions {
  readonly run: () => void;
  readonly stop: () => void;
}

/** The recipes' files as text, each loaded when it is asked for. */
const sources = import.meta.glob<string>(
  [
    './*.ts',
    './*.wgsl',
    '!./{card,figure,files,flags,index,main,makeDigits,meter,node,page,perform,recipe}.ts',
  ],
  { query: '?raw', import: 'default' },
);

export function createCard(name: string, recipe: Recipe, actions: Actions): Card {
  const element = make('section', { className: 'recipe', id: name });
  const title = make('h2', { id: `${name}-title`, textContent: recipe.title });
  element.setAttribute('aria-labelledby', title.id);
  const run = button('Run', recipe.title, actions.run);
  const stop = button('Stop', recipe.title, actions.stop);
  run.disabled = true;
  stop.disabled = true;
  const bar = make('progress', { max: 1, value: 0, hidden: true });
  bar.setAttribute('aria-label', `Done of: ${recipe.title}`);
  const status = make('p', { className: 'hint' });
  status.setAttribute('role', 'status');
  const figure = make('div', { className: 'figure', hidden: true });
  const facts = make('dl', { className: 'facts pairs', hidden: true });

  let performed: Performance | undefined;
  let width = 0;

  /** Draws the figure as wide as there is room. What draws is loaded when there is something to draw. */
  async function draw(): Promise<void> {
    if (!performed || figure.clientWidth === width) return;
    width = figure.clientWidth;
    const { drawFigure } = await import('./figure.js');
    drawFigure(figure, performed.figure, recipe.title);
  }
  new ResizeObserver(() => void draw()).observe(figure);

  const row = make('div', { className: 'row' });
  row.append(run, stop);
  const told = make('div', { className: 'told' });
  const claim = make('p', { textContent: recipe.claim });
  told.append(title, claim, row, bar, status, facts, source(name));
  element.append(told, figure);

  return {
    recipe,
    element,
    allow(allowed) {
      run.disabled = !allowed;
      if (allowed) stop.disabled = true;
    },
    begin() {
      stop.disabled = false;
      bar.hidden = false;
      bar.value = 0;
      status.textContent = 'Running; the framework is loaded and compiled first';
    },
    progress(done) {
      bar.value = done;
      status.textContent = `${Math.round(100 * done)} %`;
    },
    show(found) {
      performed = found;
      const { numbers, seconds, spent } = found;
      status.textContent = `Done in ${seconds.toFixed(1)} s`;
      const lines = Object.entries(numbers).map(([what, value]) => [what, shown(value)]);
      const noise = ['noise', shareOf(spent)];
      facts.replaceChildren(...[...lines, noise].map(([what, value]) => fact(what!, value!)));
      facts.hidden = false;
      figure.hidden = false;
      width = 0;
      void draw();
    },
    fail(why) {
      status.textContent = `Not finished: ${why}`;
    },
  };
}

function fact(what: string, value: string): HTMLElement {
  const line = make('div', {});
  line.append(make('dt', { textContent: what }), make('dd', { textContent: value }));
  return line;
}

/** The recipe's own files, to be opened. */
function source(name: string): HTMLElement {
  const details = make('details', {});
  details.append(make('summary', { textContent: 'Source' }));
  const files = [`./${name}.ts`, `./${name}.wgsl`].filter((file) => file in sources);
  details.addEventListener(
    'toggle',
    async () => {
      for (const file of files) {
        const text = make('pre', { tabIndex: 0, textContent: (await sources[file]!()).trim() });
        text.setAttribute('aria-label', file.slice(2));
        details.append(text);
      }
    },
    { once: true },
  );
  return details;
}

function button(label: string, title: string, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: label });
  made.setAttribute('aria-label', `${label}: ${title}`);
  made.addEventListener('click', act);
  return made;
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}
