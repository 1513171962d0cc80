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

/** A model whose only node is RandomNormal, for so many standard normals. */
export function randomNormalModel(elements) {
  const attribute = (name, type, value) =>
    bytes(5, [...text(1, name), ...value, ...whole(20, type)]);
  const node = [
    ...text(2, 'z'), // output
    ...text(4, 'RandomNormal'),
    ...attribute('shape', TYPE_INTS, whole(8, elements)),
    ...attribute('seed', TYPE_FLOAT, float(2, 42)),
  ];
  const shape = bytes(1, whole(1, elements)); // one dimension
  const tensor = [...whole(1, ELEMENTS_FLOAT), ...bytes(2, shape)];
  const output = [...text(1, 'z'), ...bytes(2, bytes(1, tensor))];
  const graph = [...bytes(1, node), ...text(2, 'normals'), ...bytes(12, output)];
  const opset = [...text(1, ''), ...whole(2, OPSET)];
  return Uint8Array.from([...whole(1, IR_VERSION), ...bytes(7, graph), ...bytes(8, opset)]);
}
