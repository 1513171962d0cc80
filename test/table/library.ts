import { readFileSync } from 'node:fs';
import * as index from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import type { Library, Table } from './check.mjs';

/** What the check needs of the library. */
export const library: Library = { ...index, createReferenceEngine };

/** The committed table. */
export const table: Table = JSON.parse(readFileSync('test/table/hashes.json', 'utf8'));
