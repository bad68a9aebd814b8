/** What helm keeps its releases in, it sends as protobuf: `k8s\0`, then the envelope `Unknown` around the Secret. */
const MAGIC = Buffer.from('k8s\0');

export function isProtobuf(body: Buffer): boolean {
  return body.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Reads the fields of a Secret that a release has; field numbers are those of the API's .proto files. */
export function decodeSecret(body: Buffer): Record<string, unknown> {
  const envelope = fieldsOf(body.subarray(MAGIC.length));
  const typeMeta = fieldsOf(envelope.get(1)?.[0]);
  const kind = text(typeMeta.get(2)?.[0]);
  if (kind !== 'Secret') throw new Error(`The stand-in reads no ${kind} in protobuf.`);
  const secret = fieldsOf(envelope.get(2)?.[0]);
  const metadata = fieldsOf(secret.get(1)?.[0]);
  const data = pairs(secret.get(2)).map(([key, value]) => [key, value.toString('base64')] as const);
  const labels = pairs(metadata.get(11)).map(([key, value]) => [key, value.toString()] as const);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: text(metadata.get(1)?.[0]), labels: Object.fromEntries(labels) },
    data: Object.fromEntries(data),
    type: text(secret.get(3)?.[0]),
  };
}

function pairs(entries: readonly Buffer[] = []): [key: string, value: Buffer][] {
  return entries.map((entry) => {
    const fields = fieldsOf(entry);
    return [text(fields.get(1)?.[0]), fields.get(2)?.[0] ?? Buffer.alloc(0)];
  });
}

function text(bytes: Buffer = Buffer.alloc(0)): string {
  return bytes.toString();
}

/** The fields that hold bytes, by number; numbers are passed over. */
function fieldsOf(bytes: Buffer = Buffer.alloc(0)): Map<number, Buffer[]> {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  const varint = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      shift += 7;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag % 8 === 0) varint();
    else if (tag % 8 === 2) {
      const length = varint();
      const number = Math.floor(tag / 8);
      fields.set(number, [...(fields.get(number) ?? []), bytes.subarray(at, at + length)]);
      at += length;
    } else throw new Error(`The stand-in reads no protobuf of wire type ${tag % 8}.`);
  }
  return fields;
}
