/** Lets a button copy what an element says; where that is not allowed, it is selected. */
export function copyOnClick(button: HTMLButtonElement, element: HTMLElement): void {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(element.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(element);
      button.textContent = 'Selected: press Ctrl+C or ⌘C';
    }
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}
