// A model in ONNX's format, which is Protocol Buffers: fields of a number, a wire type and a value.
// Field numbers are those of onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

const [VARINT, BYTES, FIXED32] = [0, 2, 5]; // wire types

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const key = (field, type) => varint(field * 8 + type);
const whole = (field, value) => [...key(field, VARINT), ...varint(value)];
const bytes = (field, value) => [...key(field, BYTES), ...varint(value.length), ...value];
const text = (field, value) => bytes(field, [...new TextEncoder().encode(value)]);
const float = (field, value) => [
  ...key(field, FIXED32),
  ...new Uint8Array(Float32Array.of(value).buffer),
];

const [TYPE_FLOAT, TYPE_INTS] = [1, 7]; // AttributeProto.AttributeType
const ELEMENTS_FLOAT = 1; // TensorProto.DataType
const IR_VERSION = 8;
const OPSET = 15;

/** A tensor that goes in or comes out of a model: of float32, with so many elements along each axis. */
const value = (name, dims) => {
  const shape = dims.flatMap((size) => bytes(1, whole(1, size)));
  const tensor = [...whole(1, ELEMENTS_FLOAT), ...bytes(2, shape)];
  return [...text(1, name), ...bytes(2, bytes(1, tensor))];
};

/** Numbers that a model holds. */
const constant = (name, dims, values) => [
  ...dims.flatMap((size) => whole(1, size)),
  ...whole(2, ELEMENTS_FLOAT),
  ...text(8, name),
  ...bytes(9, new Uint8Array(Float32Array.from(values).buffer)),
];

const node = ({ op, inputs = [], output, attributes = [] }) => [
  ...inputs.flatMap((name) => text(1, name)),
  ...text(2, output),
  ...text(4, op),
  ...attributes.flat(),
];

/** A model of nodes, from `inputs` to z: names, and elements along each axis. */
function model({ nodes, constants = [], inputs = [], dims }) {
  const graph = [
    ...nodes.flatMap((each) => bytes(1, node(each))),
    ...text(2, 'model'),
    ...constants.flatMap((each) => bytes(5, each)),
    ...inputs.flatMap((each) => bytes(11, each)),
    ...bytes(12, value('z', dims)),
  ];
  const opset = [...text(1, ''), ...whole(2, OPSET)];
  return Uint8Array.from([...whole(1, IR_VERSION), ...bytes(7, graph), ...bytes(8, opset)]);
}

/** A model whose only node is RandomNormal, for so many standard normals. */
export function randomNormalModel(elements) {
  const attribute = (name, type, value) =>
    bytes(5, [...text(1, name), ...value, ...whole(20, type)]);
  const attributes = [
    attribute('shape', TYPE_INTS, whole(8, elements)),
    attribute('seed', TYPE_FLOAT, float(2, 42)),
  ];
  return model({ nodes: [{ op: 'RandomNormal', output: 'z', attributes }], dims: [elements] });
}

/** A model whose only node adds x to itself. */
export function doublingModel(elements) {
  return model({
    nodes: [{ op: 'Add', inputs: ['x', 'x'], output: 'z' }],
    inputs: [value('x', [elements])],
    dims: [elements],
  });
}

/**
 * A model of dense layers with max(x, 0) between them, for so many rows.
 *
 * @param sizes of the input, of each hidden layer, and of the output
 * @param weights of each layer in turn its matrix, row by row, and its biases
 */
export function networkModel(rows, sizes, weights) {
  const nodes = [];
  const constants = [];
  let x = 'x';
  for (const [layer, outputs] of sizes.slice(1).entries()) {
    const last = layer + 2 === sizes.length;
    const [matrix, biases, sum] = [`w${layer}`, `b${layer}`, last ? 'z' : `s${layer}`];
    constants.push(constant(matrix, [sizes[layer], outputs], weights[2 * layer]));
    constants.push(constant(biases, [outputs], weights[2 * layer + 1]));
    nodes.push({ op: 'Gemm', inputs: [x, matrix, biases], output: sum });
    x = `h${layer}`;
    if (!last) nodes.push({ op: 'Relu', inputs: [sum], output: x });
  }
  const [first, end] = [sizes[0], sizes.at(-1)];
  return model({ nodes, constants, inputs: [value('x', [rows, first])], dims: [rows, end] });
}
