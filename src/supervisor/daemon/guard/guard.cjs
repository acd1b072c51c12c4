'use strict';
// A program of Node that writes to a full disk is ended by the error. This one loses what there is no room for, goes on,
// and is heard again once there is room. It comes before the first use of process.stdout, which keeps what it finds here.
const fs = require('fs');
const plain = fs.writeSync;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);
/** Streams whose last line was cut off: what comes next must not be taken for its end. */
const cut = new Set();

const sizeOf = (data, offset, length) => {
  if (typeof data === 'string') return Buffer.byteLength(data, typeof length === 'string' ? length : 'utf8');
  if (offset !== null && typeof offset === 'object') return sizeOf(data, offset.offset, offset.length);
  return typeof length === 'number' ? length : data.byteLength - (offset || 0);
};

fs.writeSync = function writeSync(fd, data, offset, length) {
  if (fd !== 1 && fd !== 2) return Reflect.apply(plain, this, arguments);
  const size = sizeOf(data, offset, length);
  try {
    if (cut.has(fd)) plain(fd, '\n');
    cut.delete(fd);
    const written = Reflect.apply(plain, this, arguments);
    if (written < size) cut.add(fd);
    return size;
  } catch (error) {
    if (!NO_ROOM.has(error.code)) throw error;
    return size;
  }
};
