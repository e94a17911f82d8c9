"""Trains the extractive Chinese reader: data, network, schedule, export, measurement."""
