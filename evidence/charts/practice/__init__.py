"""Figures of services: fidelity item by item, and figures over time."""
