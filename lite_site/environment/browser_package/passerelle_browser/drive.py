"""The course's files, while they are open: what JupyterLite's drive forgets until they are closed.

A file being written tells its old size, and another look at it its old contents: sqlite3 takes its own database for
damaged. Here an open file is one for all who look, and `fsync` keeps it
(drivefs.ts of JupyterLite 0.8.6; https://emscripten.org/docs/api_reference/Filesystem-API.html).
"""

import pyodide_js
from pyodide.code import run_js

MOUNT_POINT = "/drive"
SHARE_OPEN_FILES = """(drive) => {
  const { stream_ops: streams, node_ops: nodes } = drive;
  const { getattr, setattr } = nodes;
  const [open, close, write] = [streams.open, streams.close, streams.write].map((method) => method.bind(streams));
  const writes = (stream) => ((stream.flags ?? stream.shared.flags) & 3) !== 0;
  streams.open = (stream) => {
    open(stream);
    if (stream.node.unsaved) stream.file = stream.node.unsaved;
  };
  streams.write = (stream, ...rest) => {
    stream.node.unsaved = stream.file;
    return write(stream, ...rest);
  };
  streams.fsync = (stream) => {
    if (stream.file && stream.node.unsaved) drive.API.put(drive.realPath(stream.node), stream.file);
    return 0;
  };
  streams.close = (stream) => {
    close(stream);
    if (writes(stream)) stream.node.unsaved = undefined;
  };
  nodes.getattr = (value) => {
    const found = getattr(value);
    const { unsaved } = value.node ?? value;
    return unsaved ? { ...found, size: unsaved.data.length } : found;
  };
  nodes.setattr = (value, attributes) => {
    const { unsaved } = value.node ?? value;
    if (unsaved && attributes.size !== undefined) {
      const data = new Uint8Array(attributes.size);
      data.set(unsaved.data.subarray(0, attributes.size));
      unsaved.data = data;
    }
    setattr(value, attributes);
  };
}"""


def share_open_files() -> None:
    """Have every open file of the course be one for all who look at it."""
    run_js(SHARE_OPEN_FILES)(pyodide_js.FS.lookupPath(MOUNT_POINT).node.mount.type)
