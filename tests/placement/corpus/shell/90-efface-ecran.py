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
# # Un menu qui s’efface

# %%
import os


def efface():
    os.system("cls" if os.name == "nt" else "clear")


# %%
efface()
print("1. Jouer")
