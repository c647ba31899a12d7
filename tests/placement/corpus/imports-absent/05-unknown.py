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
# # Notre boîte à outils

# %%
import numpy as np
from labo_ecophy.mesures import charger_capteur

# %%
charger_capteur("C12").mean()
