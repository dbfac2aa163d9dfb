"""What a paper written elsewhere says: its outline, the problems and cases it tells, the pieces they stand in.

Pure: text in, proposals out, each with its place in the text. Nothing here decides; a clerk does.
"""
