import type { KeyInput, Page } from 'puppeteer-core';

/** What a walk through a page by the Tab key found; all lists are empty where it can be used that way. */
export interface Walk {
  /** Controls at which Tab does not stop. */
  readonly missed: string[];
  /** Those that do not show that they have the focus, or lie outside the window then. */
  readonly unseen: string[];
  /** Those that do nothing when their key is pressed. */
  readonly dead: string[];
}

/** What is kept in the page. */
interface Kept {
  readonly stops: HTMLElement[];
  /** What got a click or was changed. */
  readonly touched: Set<EventTarget | null>;
  nameOf(element: HTMLElement): string;
}

/** Keys that operate controls, by their type; a button's for all others. */
const KEYS: { readonly [type: string]: KeyInput } = {
  checkbox: 'Space',
  radio: 'ArrowRight',
  range: 'ArrowRight',
  text: '1',
};

/** More stops than any page has. */
const MOST = 200;

/** Goes through all of a page by the Tab key, and operates each control; the page itself hears nothing of it. */
export async function walk(page: Page): Promise<Walk> {
  await page.evaluate(prepare);
  const unseen: string[] = [];
  for (let stops = 0; stops < MOST; stops++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look);
    // After the last stop comes the browser, and then the first one.
    if (stop === 'none') continue;
    if (stop === 'again') break;
    const { name, type, isAtEnd, isSeen } = stop;
    if (!isSeen && !(await looksFocused(page))) unseen.push(name);
    await page.keyboard.press(isAtEnd ? 'ArrowLeft' : (KEYS[type] ?? 'Enter'));
  }
  return { ...(await page.evaluate(conclude)), unseen };
}

/** In a page: keeps what is touched, and keeps it from the page. */
function prepare() {
  const kept: Kept = {
    stops: [],
    touched: new Set(),
    nameOf: (element) =>
      element.id || element.getAttribute('name') || element.textContent?.trim() || element.tagName,
  };
  Object.assign(globalThis, { kept });
  for (const type of ['click', 'input', 'change']) {
    addEventListener(
      type,
      (event) => {
        const { target } = event;
        event.stopImmediatePropagation();
        // Boxes and radio buttons change when they are clicked; the others would open or send something.
        if (type === 'click' && !(target as Element).matches('[type=checkbox], [type=radio]')) {
          event.preventDefault();
        }
        kept.touched.add(target);
      },
      { capture: true },
    );
  }
}

/** In a page: what has the focus now, unless it had it before. */
function look() {
  const { stops, nameOf } = (globalThis as unknown as { kept: Kept }).kept;
  const element = document.activeElement as HTMLInputElement | null;
  if (!element || element === document.body) return 'none';
  if (stops.includes(element)) return 'again';
  stops.push(element);
  const drawn = [element, element.closest('label')].filter((each) => each !== null);
  const isSeen = drawn.some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    const { top, bottom, left, right, width } = each.getBoundingClientRect();
    const isInside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return (
      outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2 && width > 1 && isInside
    );
  });
  const { type, value, max } = element;
  return { name: nameOf(element), type, isAtEnd: type === 'range' && value === max, isSeen };
}

/** Whether what has the focus looks otherwise without it. */
async function looksFocused(page: Page): Promise<boolean> {
  const clip = await page.evaluate(() => {
    const { x, y, width, height } = document.activeElement!.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height };
  });
  const focused = await page.screenshot({ clip, encoding: 'base64' });
  const element = (await page.evaluateHandle(() => document.activeElement)).asElement();
  await element!.evaluate((each) => (each as HTMLElement).blur());
  const blurred = await page.screenshot({ clip, encoding: 'base64' });
  await element!.focus();
  return focused !== blurred;
}

/** In a page: which controls were missed, and which did nothing. */
function conclude() {
  const { stops, touched, nameOf } = (globalThis as unknown as { kept: Kept }).kept;
  const all = document.querySelectorAll<HTMLInputElement>(
    'a[href], button, input, select, textarea, summary',
  );
  // Of radio buttons and of tabs Tab stops at one; arrow keys lead to the others.
  const groupOf = (element: Element) =>
    element.matches('[type=radio]')
      ? element.getAttribute('name')
      : (element.closest('[role=tablist]') ?? element);
  const reached = new Set(stops.map(groupOf));
  const moved = new Set(Array.from(touched, (target) => groupOf(target as Element)));
  const usable = [...all].filter((each) => !each.disabled && each.checkVisibility());
  return {
    missed: usable.filter((each) => !reached.has(groupOf(each))).map(nameOf),
    dead: stops.filter((each) => !moved.has(groupOf(each))).map(nameOf),
  };
}
