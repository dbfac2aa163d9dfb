"""What a clerk does: one function a deed, the only code that writes."""
