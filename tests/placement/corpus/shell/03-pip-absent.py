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
# # Émoticônes

# %%
# !pip install emoji

# %%
import emoji
emoji.emojize("Bravo :thumbs_up:")
