"""What a notebook's code asks for, one fact at a time, with the cell that asks."""

from dataclasses import dataclass
from typing import Literal

FactKind = Literal[
    "import",  # subject: dotted module; manner: "" or the call that needs it ("pandas.read_excel" needs openpyxl)
    "install",  # subject: requirement; manner: "!pip", "%pip", "%conda"
    "program",  # subject: the command; manner: "!", "%%bash", "subprocess.run", "os.system"
    "reads",  # subject: path as written, behind the folder of an earlier chdir; manner: the reader ("pandas.read_csv")
    "writes",  # subject: path as written, or "folder/**" for whatever an archive holds; manner: the writer
    "address",  # subject: URL, or what is downloaded; manner: "requests.get", "pandas.read_csv", "seaborn.load_dataset"
    "shows",  # subject: URL a display loads (IFrame, YouTubeVideo): empty here, harmless to the code
    "process",  # subject: "multiprocessing.Pool"
    "thread",  # subject: "threading.Thread"
    "socket",  # subject: "socket.create_connection", "http.server.HTTPServer"
    "gpu",  # subject: what names it: 'torch.device("cuda")', "nvidia-smi"
    "memory",  # subject: bytes a literal shape asks for, in decimal; manner: "numpy.zeros"
    "input",  # subject: "input", "getpass.getpass"
    "desktop",  # subject: what opens a window or needs a screen: "turtle", "tkinter", "cv2.imshow"
    "language",  # subject: what the code is really in, where it isn't its kernel's; or a magic's ("R", "cython")
    "unparsable",  # subject: why; manner: "blanks", "python2", "newer", "other"
]


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One thing a cell asks for; `cell` counts from 1, markdown cells included.

    `optional` is what the code can do without (a guarded import, a caught failure); `otherwise` are the modules it
    takes instead or, of an address or program, the files whose presence makes it needless.
    """

    cell: int
    kind: FactKind
    subject: str
    manner: str = ""
    optional: bool = False
    otherwise: tuple[str, ...] = ()
