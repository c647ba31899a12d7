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
# # Images of the last session

# %%
from pathlib import Path
import matplotlib.pyplot as plt

FOLDER = Path("/home/mlefevre") / "microscopy" / "2022-03-11"

# %%
plt.imshow(plt.imread(FOLDER / "cell_07.png"));
