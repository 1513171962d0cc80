/** A labelled slider with a box that shows its value, and takes values to type. */
export interface Slider {
  readonly element: HTMLElement;
  /** Shows a value that was set elsewhere. */
  show(value: number | string): void;
}

export interface SliderOptions {
  readonly name: string;
  readonly label: string;
  readonly unit?: string | undefined;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** What is called with each new text; false where it is no value. */
  readonly input: (text: string) => boolean;
}

export function createSlider({ name, label, unit, low, high, step, input }: SliderOptions): Slider {
  const element = document.createElement('div');
  element.className = 'slider';

  const text = document.createElement('label');
  text.htmlFor = `${name}-value`;
  text.textContent = unit ? `${label}, ${unit}` : label;

  const box = document.createElement('input');
  Object.assign(box, {
    id: `${name}-value`,
    type: 'text',
    inputMode: 'decimal',
    autocomplete: 'off',
  });

  const range = document.createElement('input');
  Object.assign(range, { id: name, type: 'range', min: low, max: high, step });
  range.setAttribute('aria-label', text.textContent);

  range.addEventListener('input', () => {
    box.value = range.value;
    fill(range.value);
    accept(range.value);
  });
  box.addEventListener('input', () => {
    if (accept(box.value)) fill(box.value);
  });

  function accept(value: string): boolean {
    const accepted = input(value);
    box.setAttribute('aria-invalid', String(!accepted));
    return accepted;
  }

  /** The track up to the thumb is filled, which CSS must be told. */
  function fill(value: string) {
    range.value = value;
    const share = (Number(range.value) - low) / (high - low);
    range.style.setProperty('--share', String(share));
  }

  element.append(text, box, range);
  return {
    element,
    show(value) {
      fill(String(value));
      if (document.activeElement === box) return; // it would change what is being typed
      box.value = String(value);
      box.setAttribute('aria-invalid', 'false');
    },
  };
}
