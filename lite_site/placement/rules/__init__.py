"""What speaks for the browser or the cluster: one function a rule, in the order they are tried."""

from collections.abc import Callable, Iterator

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.rules.cells import input_asked, unparsable
from lite_site.placement.rules.files import files, written_far
from lite_site.placement.rules.imports import imports, optional_imports, versions
from lite_site.placement.rules.kernels import code_language, kernel_language
from lite_site.placement.rules.machine import graphics_profile, machine, screens
from lite_site.placement.rules.memory import memory
from lite_site.placement.rules.network import network, other_sites
from lite_site.placement.rules.programs import installs, programs
from lite_site.placement.rules.teacher import proof, teachers_word

Rule = Callable[[Case], Iterator[Reason]]

RULES: tuple[Rule, ...] = (
    teachers_word,
    proof,
    kernel_language,
    code_language,
    imports,
    versions,
    programs,
    files,
    written_far,
    memory,
    network,
    machine,
    screens,
    graphics_profile,
    optional_imports,
    installs,
    unparsable,
    input_asked,
    other_sites,
)
