import { find } from '../layout/find.js';

/** Calls back with the files that a visitor chooses, drops on the page or pastes. */
export function onFile(open: (file: File) => void): void {
  const chooser = find('file', HTMLInputElement);
  const first = (files: FileList | undefined | null) => {
    const file = files?.[0];
    if (file) open(file);
  };
  chooser.addEventListener('change', () => {
    first(chooser.files);
    chooser.value = ''; // so that the same file can be chosen again
  });
  document.addEventListener('paste', ({ clipboardData }) => first(clipboardData?.files));
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) document.body.classList.remove('dragging');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dragging');
    first(event.dataTransfer?.files);
  });
}
