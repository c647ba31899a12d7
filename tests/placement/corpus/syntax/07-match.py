# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Les feux

# %%
def action(feu):
    match feu:
        case "vert":
            return "passer"
        case "orange" | "rouge":
            return "s'arrêter"
        case _:
            return "réparer"


# %%
[action(f) for f in ("vert", "rouge", "bleu")]
