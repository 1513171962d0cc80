import { choice, entriesOf, fields, isArray, items, show } from '../check.js';

const CALL = 'requestDevice';

/**
 * The options of `requestDevice`, checked more closely than Dawn does, which ends the process at some that
 * are wrong.
 *
 * @throws {TypeError | RangeError} naming the field and the value
 */
export function deviceOptions(options: unknown): {
  readonly software: boolean;
  readonly descriptor: GPUDeviceDescriptor;
} {
  const names = [
    'software',
    'label',
    'requiredFeatures',
    'requiredLimits',
    'defaultQueue',
  ] as const;
  const given = fields(CALL, options, names);
  const { software = false, label, requiredFeatures, requiredLimits, defaultQueue } = given;
  return {
    software: choice(CALL, 'software', software, [false, true]),
    descriptor: {
      ...(label !== undefined && { label: text('label', label) }),
      ...(requiredFeatures !== undefined && { requiredFeatures: features(requiredFeatures) }),
      ...(requiredLimits !== undefined && { requiredLimits: limits(requiredLimits) }),
      ...(defaultQueue !== undefined && { defaultQueue: queue(defaultQueue) }),
    },
  };
}

function text(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${CALL}: ${field} must be a string, got ${show(value)}`);
}

function features(list: unknown): GPUFeatureName[] {
  const field = 'requiredFeatures';
  if (isArray(list)) {
    return items(CALL, field, list, (name, i) => text(`${field}[${i}]`, name) as GPUFeatureName);
  }
  throw new TypeError(`${CALL}: ${field} must be a list of names, got ${show(list)}`);
}

function limits(given: unknown): Record<string, number | undefined> {
  const field = 'requiredLimits';
  const checked = entriesOf(CALL, field, given).map(
    ([name, value]): [string, number | undefined] => {
      if (value === undefined) return [name, value];
      if (Number.isSafeInteger(value) && (value as number) >= 0) return [name, value as number];
      throw new RangeError(
        `${CALL}: ${field} must hold whole numbers ≥ 0, got ${show(value)} as ${show(name)}`,
      );
    },
  );
  return Object.fromEntries(checked);
}

function queue(given: unknown): GPUQueueDescriptor {
  const { label } = fields(CALL, given, ['label'], 'defaultQueue');
  return label === undefined ? {} : { label: text('defaultQueue.label', label) };
}
