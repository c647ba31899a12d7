/** Which package brings a module, where its name is another (the build's own table, `modules.txt`; PEP 503 names). */

const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['beautifulsoup', 'beautifulsoup4'],
  ['bio', 'biopython'],
  ['crypto', 'pycryptodome'],
  ['cv2', 'opencv-python'],
  ['dateutil', 'python-dateutil'],
  ['docx', 'python-docx'],
  ['dotenv', 'python-dotenv'],
  ['fitz', 'pymupdf'],
  ['git', 'gitpython'],
  ['jwt', 'pyjwt'],
  ['ldap', 'python-ldap'],
  ['magic', 'python-magic'],
  ['matplotlib-base', 'matplotlib'],
  ['mpl-toolkits', 'matplotlib'],
  ['msgpack-python', 'msgpack'],
  ['mysqldb', 'mysqlclient'],
  ['ogr', 'gdal'],
  ['opencv', 'opencv-python'],
  ['osgeo', 'gdal'],
  ['pil', 'pillow'],
  ['pkg-resources', 'setuptools'],
  ['pptx', 'python-pptx'],
  ['py-opencv', 'opencv-python'],
  ['pylab', 'matplotlib'],
  ['pytables', 'tables'],
  ['python-graphviz', 'graphviz'],
  ['pytorch', 'torch'],
  ['pywt', 'pywavelets'],
  ['ruamel', 'ruamel-yaml'],
  ['serial', 'pyserial'],
  ['skbio', 'scikit-bio'],
  ['skfuzzy', 'scikit-fuzzy'],
  ['skimage', 'scikit-image'],
  ['sklearn', 'scikit-learn'],
  ['skopt', 'scikit-optimize'],
  ['slugify', 'python-slugify'],
  ['tensorflow-gpu', 'tensorflow'],
  ['umap', 'umap-learn'],
  ['usb', 'pyusb'],
  ['websocket', 'websocket-client'],
  ['wx', 'wxpython'],
  ['yaml', 'pyyaml']
]);

/** Modules of Python itself that the browser's Python leaves out and a server's has. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'curses',
  'dbm',
  'fcntl',
  'grp',
  'pwd',
  'readline',
  'resource',
  'termios'
]);

/** A package's name as PEP 503 writes it. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Whether a server with these packages (PEP 503 names) can import a top-level module, as far as names tell. */
export function canImport(module: string, packages: ReadonlySet<string>): boolean {
  const name = plainName(module);
  return (
    LEFT_OUT.has(module) || [name, PACKAGES.get(name) ?? name, `python-${name}`].some(known => packages.has(known))
  );
}
