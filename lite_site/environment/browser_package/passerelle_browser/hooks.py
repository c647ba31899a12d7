"""Makes the kernel at home with what teachers' notebooks expect of Jupyter and Pyodide lacks."""

from .drive import share_open_files
from .jupyter import restore_habits
from .loading import replace_loading
from .programs import replace_programs

replace_loading()
replace_programs()
restore_habits()
share_open_files()
