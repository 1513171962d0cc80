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

/** A tensor that goes in or comes out of a model: of float32, on one axis. */
const value = (name, elements) => {
  const shape = bytes(1, whole(1, elements)); // one dimension
  const tensor = [...whole(1, ELEMENTS_FLOAT), ...bytes(2, shape)];
  return [...text(1, name), ...bytes(2, bytes(1, tensor))];
};

/** A model of one node, from `inputs` to z, all of so many elements. */
function model({ op, inputs = [], attributes = [], elements }) {
  const node = [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, 'z'), // output
    ...text(4, op),
    ...attributes.flat(),
  ];
  const ends = [...new Set(inputs)].flatMap((name) => bytes(11, value(name, elements)));
  const output = bytes(12, value('z', elements));
  const graph = [...bytes(1, node), ...text(2, op), ...ends, ...output];
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
  return model({ op: 'RandomNormal', attributes, elements });
}

/** A model whose only node adds x to itself. */
export function doublingModel(elements) {
  return model({ op: 'Add', inputs: ['x', 'x'], elements });
}
