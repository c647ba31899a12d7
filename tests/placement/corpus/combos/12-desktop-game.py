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
# # Pong

# %%
import turtle
import random

ecran = turtle.Screen()
ecran.onkey(lambda: None, "Up")

# %%
balle = turtle.Turtle()
balle.setheading(random.randint(0, 360))
balle.forward(50)
