"""How sure a figure is, and whether two differ. Pure; every draw comes from a stated seed."""
