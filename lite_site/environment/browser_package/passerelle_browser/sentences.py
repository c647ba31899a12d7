"""What our part of the kernel says to the pupil, in the language of the lesson."""

import os

SENTENCES = {
    "program": {
        "fr": "Cette cellule lance «\u00a0{subject}\u00a0»\u00a0: un navigateur n’a pas de programmes, "
        "seul Python s’y exécute.",
        "en": "This cell runs “{subject}”: a browser has no programs, only Python runs in it.",
    },
    "here": {"fr": "{subject} {version} est là.", "en": "{subject} {version} is here."},
    "other-version": {
        "fr": "{subject} {version} est là\u00a0: c’est la version de ce cours, à la place de {asked}.",
        "en": "{subject} {version} is here: this course’s version, instead of {asked}.",
    },
    "not-hosted": {
        "fr": "{subject} n’est pas dans ce cours. Demande à ton professeur de l’ajouter aux paquets du cours.",
        "en": "{subject} is not in this course. Ask the teacher to add it to the course’s packages.",
    },
    "no-list": {
        "fr": "{subject}\u00a0: cette liste de paquets est introuvable.",
        "en": "{subject}: this list of packages is not there.",
    },
    "not-loaded": {
        "fr": "{subject} n’est pas chargé.",
        "en": "{subject} is not loaded.",
    },
    "settled": {
        "fr": "{subject} n’a pas d’effet ici\u00a0: les paquets sont ceux du cours.",
        "en": "{subject} has no effect here: the packages are the course’s.",
    },
    "network": {
        "fr": "{subject} est hors de portée\u00a0: cette page ne lit que les fichiers de son propre site.",
        "en": "{subject} is out of reach: this page only reads files of its own site.",
    },
    "no-window": {
        "fr": "Les graphiques s’affichent ici sous la cellule, et non dans une fenêtre.",
        "en": "Plots are shown below the cell here, not in a window.",
    },
}


def say(name: str, subject: str = "", **values: str) -> str:
    """A sentence in the language of the lesson."""
    words = SENTENCES[name]
    return words.get(os.environ.get("PASSERELLE_LANGUAGE", "en"), words["en"]).format(subject=subject, **values)
