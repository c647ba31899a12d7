"""What a browser's Python has none of: processes, threads, sockets and windows."""

import ast
from collections.abc import Iterator

from lite_site.notebooks.code.called import Called, Found, Rule, rules_for, says
from lite_site.notebooks.facts import FactKind

_PROCESSES = (
    "multiprocessing.Pool", "multiprocessing.Process", "multiprocessing.Manager", "multiprocessing.pool.Pool",
    "multiprocessing.get_context", "multiprocessing.Queue", "multiprocess.Pool", "multiprocess.Process",
    "concurrent.futures.ProcessPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor",
    "torch.multiprocessing.spawn", "torch.multiprocessing.Process", "pathos.multiprocessing.ProcessingPool",
    "pathos.pools.ProcessPool", "dask.distributed.Client", "dask.distributed.LocalCluster", "distributed.Client",
    "distributed.LocalCluster", "pyspark.SparkContext", "pyspark.SparkContext.getOrCreate", "pyspark.sql.SparkSession",
    "ray.init", "pandarallel.pandarallel.initialize", "tqdm.contrib.concurrent.process_map", "ipyparallel.Client",
    "ipyparallel.Cluster", "mpire.WorkerPool",
)  # fmt: skip
_THREADS = (
    "threading.Thread", "threading.Timer", "_thread.start_new_thread", "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.thread.ThreadPoolExecutor", "multiprocessing.pool.ThreadPool", "multiprocessing.dummy.Pool",
    "asyncio.to_thread", "tqdm.contrib.concurrent.thread_map",
)  # fmt: skip
_SOCKETS = (
    "socket.socket", "socket.create_connection", "socket.create_server", "socket.gethostbyname", "socket.getaddrinfo",
    "http.server.HTTPServer", "http.server.ThreadingHTTPServer", "http.server.test", "socketserver.TCPServer",
    "socketserver.ThreadingTCPServer", "socketserver.UDPServer", "asyncio.start_server", "asyncio.open_connection",
    "websockets.connect", "websockets.serve", "websocket.create_connection", "websocket.WebSocketApp",
    "paramiko.SSHClient", "paramiko.Transport", "psycopg2.connect", "psycopg.connect", "asyncpg.connect",
    "pymongo.MongoClient", "pymysql.connect", "mysql.connector.connect", "MySQLdb.connect", "mariadb.connect",
    "redis.Redis", "redis.StrictRedis", "redis.from_url", "oracledb.connect", "cx_Oracle.connect", "pyodbc.connect",
    "py2neo.Graph", "neo4j.GraphDatabase.driver", "elasticsearch.Elasticsearch", "pika.BlockingConnection",
    "smtplib.SMTP", "smtplib.SMTP_SSL", "imaplib.IMAP4", "imaplib.IMAP4_SSL", "poplib.POP3_SSL", "telnetlib.Telnet",
    "uvicorn.run", "bottle.run", "paho.mqtt.client.Client", "snowflake.connector.connect",
    "xmlrpc.server.SimpleXMLRPCServer",
    "wsgiref.simple_server.make_server", "zmq.Context",
)  # fmt: skip
_WINDOWS = ("cv2.imshow", "cv2.namedWindow", "cv2.waitKey", "PIL.ImageGrab.grab", "curses.wrapper", "curses.initscr")
_SCREENS = ("qt", "tk", "gtk", "wx", "osx", "macosx")

# Modules that open a window or speak with something plugged in.
MODULES = frozenset((
    "turtle", "tkinter", "Tkinter", "customtkinter", "pygame", "pgzero", "pgzrun", "PyQt4", "PyQt5", "PyQt6", "PySide2",
    "PySide6", "wx", "kivy", "pyglet", "arcade", "pyautogui", "pynput", "keyboard", "mouse", "vpython", "visual",
    "sounddevice", "pyaudio", "pyttsx3", "serial", "RPi", "gpiozero", "microbit", "easygui", "PySimpleGUI", "graphics",
    "pyrealsense2", "picamera", "picamera2", "usb", "smbus", "nidaqmx", "pyvisa", "screeninfo",
))  # fmt: skip
# Servers that `app.run()` and `demo.launch()` start.
_SERVERS = {"run": ("flask", "dash", "bottle", "aiohttp"), "run_server": ("dash",), "launch": ("gradio",)}


def draws_on_screen(backend: str) -> bool:
    """Whether a Matplotlib backend, or what follows `%matplotlib`, opens windows."""
    return backend.lower().startswith(_SCREENS)


def _backend(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "backend", "newbackend"):
        if draws_on_screen(text):
            yield Found("desktop", f'{called.name}("{text}")')


def _camera(called: Called) -> Iterator[Found]:
    if any(not isinstance(value, str) for value in called.values(0)):
        yield Found("desktop", called.name)


def _engine(called: Called) -> Iterator[Found]:
    """A database by its address: SQLite is a file, anything else a server."""
    for text in called.texts(0, "url"):
        if "://" in text and not text.startswith("sqlite"):
            yield Found("socket", called.name)


def _server(called: Called) -> Iterator[Found]:
    if called.scope.packages.intersection(_SERVERS[called.name]) and isinstance(called.receiver, ast.Name):
        yield Found("socket", f"{called.receiver.id}.{called.name}")


def _in_executor(called: Called) -> Iterator[Found]:
    yield Found("thread", "run_in_executor")


def _input(called: Called) -> Iterator[Found]:
    yield Found("input", {"builtins.input": "input", "raw_input": "input"}.get(called.name, called.name))


def _below(called: Called) -> Iterator[Found]:
    yield Found("process", "pyspark.sql.SparkSession")


RULES: dict[str, Rule] = {
    **rules_for(says("process"), _PROCESSES),
    **rules_for(says("thread"), _THREADS),
    **rules_for(says("socket"), _SOCKETS),
    **rules_for(says("desktop"), _WINDOWS),
    **rules_for(_backend, ("matplotlib.use", "matplotlib.pyplot.switch_backend")),
    **rules_for(_input, ("input", "builtins.input", "raw_input", "getpass.getpass")),
    "cv2.VideoCapture": _camera,
    "sqlalchemy.create_engine": _engine,
    "pyspark.sql.SparkSession.*": _below,
}

METHODS: dict[str, Rule] = {
    **rules_for(_server, _SERVERS),
    "run_in_executor": _in_executor,
}

# What a class may descend from that counts as if it were called.
PARENTS: dict[str, FactKind] = {**dict.fromkeys(_PROCESSES, "process"), **dict.fromkeys(_THREADS, "thread")}
