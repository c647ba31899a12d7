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
# # Une image

# %%
from IPython.display import Image, display

display(Image(url="https://upload.wikimedia.org/wikipedia/commons/4/47/PNG_transparency_demonstration_1.png", width=200))

# %%
2 + 2
