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
# # Un verrou

# %%
import threading

verrou = threading.Lock()
compteur = 0

# %%
with verrou:
    compteur += 1
compteur, threading.current_thread().name
