"""The main job, driven through the real window on real input: a proof anybody can watch."""
