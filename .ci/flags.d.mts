export function flagsOf<V extends string = never, A extends string = never>(
  args: readonly string[],
  flags: {
    readonly valued?: readonly V[];
    readonly alone?: readonly A[];
    readonly others?: boolean;
  },
): {
  readonly values: { readonly [P in V]?: string } & { readonly [P in A | 'help']: boolean };
  readonly others: readonly string[];
};

export function oneOf<T extends string>(flag: string, text: string, known: readonly T[]): T;

export function someOf<T extends string>(flag: string, text: string, known: readonly T[]): T[];

export function whole(flag: string, text: string, bits: number): bigint;
