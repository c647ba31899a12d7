"""Every reason Passerelle gives: its code, what it argues for, its sentence and what would change the verdict.

A key is a code or, after a full stop, one of its wordings. The sentences are said from `words`.
"""

from typing import NamedTuple

from lite_site.courses.model import Where

N_ = str  # marks a message for the catalogues (https://babel.pocoo.org/en/latest/messages.html)


PLATFORMS = {
    "board": N_("a microcontroller board"),
    "calculator": N_("a calculator"),
    "Raspberry Pi": N_("a Raspberry Pi"),
}
"""Places that aren't called alike in every language."""


class Sentence(NamedTuple):
    """A reason's words, with %(name)s places; `change` is what would change the verdict, "" where nothing would."""

    argues: Where | None
    text: str
    change: str = ""


SENTENCES: dict[str, Sentence] = {
    "teacher.browser": Sentence("browser", N_("The teacher chose the browser for this lesson.")),
    "teacher.cluster": Sentence("cluster", N_("The teacher chose the cluster for this lesson.")),
    "teacher-contradicts": Sentence(
        None,
        N_("The teacher chose the browser, but the lesson asks for what a browser doesn’t have: %(list)s."),
        N_("Try it with “passerelle prove”, or leave the choice to Passerelle."),
    ),
    "kernel-language": Sentence(
        "cluster", N_("This lesson is written in %(name)s; in the browser, only Python runs here.")
    ),
    "kernel-language.code": Sentence(
        "cluster",
        N_("The code is in %(name)s, although the notebook says otherwise; in the browser, only Python runs here."),
        N_("Write it in Python, or choose the kernel of its language."),
    ),
    "kernel-language.magic": Sentence(
        "cluster",
        N_("This cell is written in %(name)s; in the browser, only Python runs here."),
        N_("Write this cell in Python."),
    ),
    "import-no-wheel": Sentence(
        "cluster",
        N_("No package that this site knows for the browser brings the module %(module)s."),
        N_("If %(package)s is pure Python, add it to the packages of the course and run “passerelle lock”."),
    ),
    "import-no-wheel.typo": Sentence(
        "cluster",
        N_("No module named %(module)s is known; perhaps %(nearest)s was meant."),
        N_("Correct the name in the import."),
    ),
    "import-no-wheel.folder": Sentence(
        "cluster",
        N_(
            "The module %(module)s is in another folder of the course (%(file)s), where the lesson doesn’t look for it."
        ),
        N_("Put the module beside the lesson, or add its folder to sys.path before the import."),
    ),
    "import-no-wheel.declared": Sentence(
        "cluster",
        N_("The course asks for %(package)s, but this site has no version of it for the browser."),
        N_("Run “passerelle lock”: it looks for a version that the browser can load."),
    ),
    "import-no-wheel.conda": Sentence(
        "cluster", N_("%(package)s comes from Conda only, and the browser can’t load Conda’s packages.")
    ),
    "import-no-wheel.pure": Sentence(
        "cluster",
        N_("%(module)s could run in the browser, but isn’t among the packages of this site."),
        N_("Add %(package)s to the packages of the course and run “passerelle lock”."),
    ),
    "import-no-wheel.gone": Sentence(
        "cluster",
        N_("The module %(module)s has left Python: the browser’s Python %(version)s no longer has it."),
        N_("Use what replaced it: newer versions of Python don’t have it anywhere."),
    ),
    "import-no-wheel.part": Sentence(
        "cluster",
        N_("%(module)s isn’t in %(package)s %(version)s, the version that the browser has."),
        N_("Use what replaced it, or leave the import out."),
    ),
    "import-no-wheel.left-out": Sentence(
        "cluster",
        N_("The browser’s Python has no module %(module)s, which needs a computer’s operating system."),
        N_("Leave the import out, if the lesson can do without it."),
    ),
    "import-no-wheel.native": Sentence(
        "cluster",
        N_("%(module)s is compiled code, and this site knows no version of it made for the browser."),
        N_("Leave the import out, if the lesson can do without it."),
    ),
    "import-no-wheel.graphics": Sentence(
        "cluster",
        N_("%(module)s computes on a graphics card, which the browser’s Python can’t use."),
        N_("Use its counterpart for the processor, such as numpy or pandas."),
    ),
    "import-no-wheel.java": Sentence(
        "cluster",
        N_("%(module)s starts Java, which a browser page can’t do."),
        N_("For small data, use pandas instead."),
    ),
    "import-no-wheel.many": Sentence(
        "cluster",
        N_("%(module)s shares work between several processes or computers, which a browser page can’t do."),
        N_("For a small example, do the work in one process."),
    ),
    "import-no-wheel.r": Sentence("cluster", N_("%(module)s calls R, which isn’t in the browser.")),
    "import-no-wheel.through": Sentence(
        "cluster",
        N_("%(module)s needs %(needs)s, and this site knows no version of that for the browser."),
        N_("Leave the import out, if the lesson can do without it."),
    ),
    "import-no-wheel.jit": Sentence(
        "cluster",
        N_("%(module)s compiles functions while they run, which a browser page doesn’t allow."),
        N_("Leave %(module)s out: the functions give the same results without it, only more slowly."),
    ),
    "import-no-wheel.database": Sentence(
        "cluster",
        N_("%(module)s speaks with a database server, which a browser page can’t reach."),
        N_("Use sqlite3 and a database file beside the lesson."),
    ),
    "import-no-wheel.device": Sentence(
        "cluster",
        N_("%(module)s speaks with a device plugged into the computer, which the browser’s Python can’t do."),
        N_("Record the data once, and read them from a file beside the lesson."),
    ),
    "import-no-wheel.server": Sentence(
        "cluster",
        N_("%(module)s starts a server of its own, which a browser page can’t do."),
        N_("Show the result in the notebook, with widgets for example."),
    ),
    "import-no-wheel.program": Sentence(
        "cluster", N_("%(module)s calls the program %(needs)s, which a browser doesn’t have.")
    ),
    "import-no-wheel.widget": Sentence(
        "cluster",
        N_("%(module)s draws with a JupyterLab extension that this site doesn’t have."),
        N_("Use ipywidgets or matplotlib instead."),
    ),
    "import-other-version": Sentence(
        "cluster",
        N_("The course asks for %(wanted)s; the browser has %(package)s %(version)s."),
        N_("If the lesson works with that version, allow it in the packages of the course."),
    ),
    "import-other-version.pinned": Sentence(
        None,
        N_(
            "The course was pinned to %(wanted)s; the browser has %(package)s %(version)s. "
            "Only a run tells whether that will do."
        ),
        N_("Run “passerelle prove”, or allow that version in the packages of the course."),
    ),
    "desktop": Sentence(
        "cluster",
        N_("%(subject)s opens a window or needs a screen: there is none in the browser, nor on the cluster."),
        N_("Draw in the page instead, with matplotlib for example."),
    ),
    "plots-inline": Sentence(
        None, N_("%(subject)s asks for another kind of figure; in the browser, it is drawn below the cell.")
    ),
    "import-elsewhere": Sentence(
        "cluster",
        N_("The module %(module)s only exists on %(platform)s: neither the browser nor the cluster has it."),
        N_("Let the lesson do without it elsewhere: test for it before the import."),
    ),
    "program": Sentence(
        "cluster",
        N_("It runs “%(command)s”, and a browser has no programs, only Python."),
        N_("If the lesson isn’t about this program, do the same in Python."),
    ),
    "program.call": Sentence(
        "cluster",
        N_("It starts a program with %(command)s, and a browser has no programs, only Python."),
        N_("If the lesson isn’t about this program, do the same in Python."),
    ),
    "program-shows": Sentence(
        None, N_("“%(command)s” only shows something of the computer; in the browser, it shows nothing.")
    ),
    "file-heavy": Sentence(
        "cluster",
        N_("%(file)s weighs %(size)s, over the limit of %(budget)s for a page."),
        N_("Take a smaller extract, or raise “file” under [budget] in course.toml."),
    ),
    "file-heavy.course": Sentence(
        "cluster",
        N_("%(file)s weighs %(size)s, over the limit that the course sets for a page."),
        N_("Take a smaller extract, or raise “file” under [budget] in course.toml."),
    ),
    "memory": Sentence(
        "cluster",
        N_("Its data take about %(amount)s of memory (%(subject)s); a page has little more than %(limit)s for them."),
        N_("Work on a smaller extract, or read only some columns."),
    ),
    "memory.note": Sentence(
        None, N_("Its data take about %(amount)s of memory (%(subject)s): too much for a modest computer.")
    ),
    "file-absolute": Sentence(
        "cluster",
        N_("It reads %(path)s, a place on one particular computer."),
        N_("Put the file beside the lesson and read it as “%(name)s”."),
    ),
    "file-absolute.writes": Sentence(
        "cluster",
        N_("It writes %(path)s, a place on one particular computer."),
        N_("Write the file beside the lesson, as “%(name)s”."),
    ),
    "file-outside": Sentence(
        "cluster",
        N_("It reads %(path)s, which is outside the folder of the course."),
        N_("Put the file into the folder of the course."),
    ),
    "file-missing": Sentence(
        "cluster",
        N_("It reads %(path)s, which isn’t among the files of the course."),
        N_("Put the file into the course, at this place."),
    ),
    "file-missing.near": Sentence(
        "cluster",
        N_("It reads %(path)s; the course has a file named %(near)s."),
        N_("Write the name as the file has it: “%(near)s”."),
    ),
    "network": Sentence(
        "cluster",
        N_("It fetches %(address)s; a page may only speak with its own site, and few other sites would answer it."),
        N_("Download it once, put the file beside the lesson and read it there."),
    ),
    "network.call": Sentence(
        "cluster",
        N_("It fetches something with %(manner)s; a page may only speak with its own site."),
        N_("Download it once, put the file beside the lesson and read it there."),
    ),
    "network.data": Sentence(
        "cluster",
        N_("%(manner)s downloads data (%(address)s); a page may only speak with its own site."),
        N_("Save the data to a file once, put it beside the lesson and read it there."),
    ),
    "gpu": Sentence(
        "cluster",
        N_("It asks for a graphics card (%(subject)s), which the browser’s Python can’t use."),
        N_("Let it use the processor where there is no graphics card."),
    ),
    "gpu.profile": Sentence(
        "cluster", N_("Its profile, %(subject)s, comes with a graphics card."), N_("Choose another profile.")
    ),
    "process": Sentence(
        "cluster",
        N_("It starts other processes (%(subject)s), which a browser page can’t do."),
        N_("Do the work in one process, with an ordinary loop."),
    ),
    "thread": Sentence(
        "cluster",
        N_("It starts threads (%(subject)s), which the browser’s Python can’t do."),
        N_("Do the work one thing after the other, or with asyncio."),
    ),
    "socket": Sentence(
        "cluster",
        N_("It opens network connections of its own (%(subject)s), which a browser page can’t do."),
    ),
    "proof-failed": Sentence(
        "cluster",
        N_("Tried in a browser, cell %(number)s stopped with an error: “%(error)s”."),
        N_("Mend the cell, then run “passerelle prove” again."),
    ),
    "proof-failed.whole": Sentence(
        "cluster",
        N_("Tried in a browser, the lesson didn’t run to its end: “%(error)s”."),
        N_("Mend the lesson, then run “passerelle prove” again."),
    ),
    "import-optional": Sentence(
        None, N_("The browser doesn’t have the module %(module)s; the lesson can do without it.")
    ),
    "import-optional.instead": Sentence(
        None, N_("The browser doesn’t have the module %(module)s; the lesson takes %(instead)s instead.")
    ),
    "cell-unparsable": Sentence(
        None, N_("This cell isn’t valid Python (%(why)s), so some of what it needs may not be known.")
    ),
    "cell-unparsable.blanks": Sentence(
        None, N_("This cell has blanks to fill in, so some of what it will need may not be known.")
    ),
    "python2": Sentence(
        None,
        N_("This cell is written for Python 2: it fails in the browser and on the cluster alike."),
        N_("Write it for Python 3."),
    ),
    "syntax-newer": Sentence(
        None, N_("This cell needs a recent Python; the browser has Python %(version)s, a server may have an older one.")
    ),
    "installs": Sentence(None, N_("It installs %(package)s; in the browser, version %(version)s comes with the site.")),
    "asks-input": Sentence(None, N_("It asks the reader to type an answer.")),
    "shows-other-site": Sentence(
        None,
        N_("It shows something from %(address)s, which stays empty here: a page only loads what its own site has."),
        N_("Put it beside the lesson, or give a link to it."),
    ),
    "fits": Sentence("browser", N_("It asks for nothing that the browser doesn’t have.")),
    "fits.packages": Sentence("browser", N_("It runs in the browser with %(packages)s.")),
    "fits.data": Sentence("browser", N_("It runs in the browser with %(size)s of data.")),
    "fits.both": Sentence("browser", N_("It runs in the browser with %(packages)s; its data weigh %(size)s.")),
    "proven": Sentence("browser", N_("It has run from its first cell to its last in a browser.")),
}
