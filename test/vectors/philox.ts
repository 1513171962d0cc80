import file from './philox.json' with { type: 'json' };

type Four = [number, number, number, number];

/** Published known answers of Philox4x32; see philox.json. */
export const philoxVectors = file.vectors.map((vector) => ({
  name: vector.name,
  rounds: vector.rounds as 7 | 10,
  counter: vector.counter.map(Number) as Four,
  key: vector.key.map(Number) as [number, number],
  lane: vector.lane,
  words: vector.words.map(Number),
}));
