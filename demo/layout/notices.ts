import { find } from './find.js';

/** Something to press in a notice. */
interface Action {
  readonly label: string;
  readonly act: () => void;
}

/**
 * Shows a sentence above the page's content, in place of the one before. Errors are read out at once,
 * others when there is a pause.
 */
export function notify(text: string, kind: 'note' | 'error' = 'note', action?: Action): void {
  const notice = document.createElement('div');
  notice.className = `notice ${kind}`;
  notice.setAttribute('role', kind === 'error' ? 'alert' : 'status');
  const sentence = document.createElement('p');
  sentence.textContent = text;
  notice.append(sentence);
  if (action) {
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.textContent = action.label;
    button.addEventListener('click', action.act);
    notice.append(button);
  }
  find('notices', HTMLElement).replaceChildren(notice);
}

/** Says that the GPU was lost, why as far as it is known, and what is kept; lets the visitor restart. */
export function notifyLoss(why: string, restart: () => Promise<void>, kept = ''): void {
  const action = { label: 'Restart', act: () => void restart() };
  notify(`The GPU was lost${why && ` (${why})`}. ${kept}`.trim(), 'error', action);
}

/** Takes the notice away. */
export function quiet(): void {
  find('notices', HTMLElement).replaceChildren();
}
