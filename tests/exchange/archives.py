"""Workbooks made of their parts, so that any part can be odd."""

import io
import zipfile

from tests.exchange.tables import xlsx

ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="居民">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
CELL = '<table:table-cell office:value-type="string"><text:p>魏彩虹</text:p></table:table-cell>'

WIDE_CELL = CELL.replace("office:value", 'table:number-columns-repeated="16000" office:value')


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A true workbook whose one sheet is this XML."""
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as good:
        entries = {name: good.read(name) for name in good.namelist()}
    return zipped({**entries, "xl/worksheets/sheet1.xml": xml})


def ods(rows: str) -> bytes:
    content = ODS_HEAD + rows + ODS_TAIL
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": MANIFEST.encode(),
        }
    )


def parts(workbook: bytes) -> dict[str, bytes]:
    """What is in an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
