/**
 * Fills a group of the page with radio buttons.
 *
 * @param labels what each value is called
 * @returns what marks the value that is chosen
 */
export function createChoices(
  group: HTMLElement,
  name: string,
  labels: { readonly [value: string]: string },
): (value: string) => void {
  const radios = Object.entries(labels).map(([value, text]) => {
    const label = document.createElement('label');
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name, value });
    label.append(radio, text);
    group.append(label);
    return radio;
  });
  return (value) => {
    for (const radio of radios) radio.checked = radio.value === value;
  };
}
