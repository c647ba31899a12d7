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
# # Chute libre

# %%
Δt = 0.1
g = 9.81
vitesse_à_la_fin = sum(g * Δt for _ in range(20))

# %%
round(vitesse_à_la_fin, 2), "été".upper()
