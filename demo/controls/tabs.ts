/**
 * Makes the buttons of a tab list, which name their panels by `aria-controls`, show one panel at a time. The
 * arrow keys, Home and End go from tab to tab.
 *
 * @param shown what is called with the panel's id when another is shown
 */
export function createTabs(list: HTMLElement, shown: (id: string) => void) {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  const idOf = (tab: HTMLButtonElement) => tab.getAttribute('aria-controls') ?? '';

  function show(id: string) {
    for (const tab of tabs) {
      const selected = idOf(tab) === id;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      document.getElementById(idOf(tab))!.hidden = !selected;
    }
  }

  for (const [index, tab] of tabs.entries()) {
    const choose = (place: number) => {
      const chosen = tabs.at(place % tabs.length)!;
      chosen.focus();
      show(idOf(chosen));
      shown(idOf(chosen));
    };
    tab.addEventListener('click', () => choose(index));
    tab.addEventListener('keydown', (event) => {
      const places: { readonly [key: string]: number } = {
        ArrowRight: index + 1,
        ArrowLeft: index - 1,
        Home: 0,
        End: -1,
      };
      const place = places[event.key];
      if (place === undefined) return;
      event.preventDefault();
      choose(place);
    });
  }
  return { show };
}
