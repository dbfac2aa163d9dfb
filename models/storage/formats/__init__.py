"""Picture formats, byte by byte: what each must hold, and what of it is kept.

Used by ``models.storage.picture_metadata``.
"""
