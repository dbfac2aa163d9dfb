"""Packages as an earlier release of the same format would have written them.

A format may gain what a reader can do without: keys of the manifest that take their defaults,
fields of a record that stay as they are here. An earlier release is one that knew none of those.
"""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from models.exchange import container, sealing
from models.exchange.container import MANIFEST, RECORDS, SEAL

LATER = {
    "campaign": ("basis",),
    "unit": ("rank", "pinyin"),
    "site": ("address", "pinyin"),
    "finding": ("aspect", "advice", "coordinator", "review_on", "rebound_count", "returned_reason"),
    "plan": ("due_text", "post"),
    "feedback": ("post", "next_steps", "lessons"),
    "verification": ("method",),
    "extension": ("approved_on",),
    "attachment": ("original_sha256", "taken_on", "description"),
}
"""By table, the fields an earlier release did not know."""
NEEDED = "0.9.0"
"""The version it asks its readers for."""


def aged(path: Path, pairing_key: bytes) -> Path:
    """Write the package again as an earlier release would have: without what came later, sealed by the same key."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    opened = container.open_with(path, pairing_key)
    key = container.package_key(opened.manifest.lock, pairing_key, opened.manifest.id, "")
    packed = zlib.compress(json.dumps(_earlier(json.loads(opened.records()))).encode())
    records = sealing.sealed_chunks(sealing.derived(key, b"", f"member {RECORDS}"), [packed])
    manifest = json.dumps(_told(json.loads(members[MANIFEST]), packed)).encode()
    seal = sealing.seal(sealing.derived(key, b"", "manifest"), b"", manifest)
    members |= {RECORDS: b"".join(records), MANIFEST: manifest, SEAL: seal}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _earlier(content: dict[str, Any]) -> dict[str, Any]:
    for row in content["rows"]:
        row["values"] = {name: value for name, value in row["values"].items() if name not in LATER[row["table"]]}
    return {name: value for name, value in content.items() if name != "acks"}


def _told(manifest: dict[str, Any], packed: bytes) -> dict[str, Any]:
    """The manifest without what takes a default; it tells of the records as they are now."""
    del manifest["sender"]["short_name"], manifest["receiver"]["past_epochs"]
    for name in ("n", "r", "p", "wrapped"):
        del manifest["lock"][name]
    others = [member for member in manifest["members"] if member["name"] != RECORDS]
    records = {"name": RECORDS, "size": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}
    return manifest | {"needs": NEEDED, "members": [records, *others]}
