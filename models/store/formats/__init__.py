"""Picture formats, byte by byte: what each must hold, and what of it is kept (see ``models.store.photos``)."""
