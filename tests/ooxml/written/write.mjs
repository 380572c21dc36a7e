// The two workbooks beside this file, as npm's two best-known writers make them: `npm i exceljs xlsx && node write.mjs`.
import ExcelJS from "exceljs";
import XLSX from "xlsx";

const rows = [
  ["编号", "数", "日期", "时刻", "真", "空白", "公式", "文字"],
  ["GJ-2026-001", 12.5, new Date(Date.UTC(2026, 10, 22)), new Date(Date.UTC(2026, 10, 22, 8, 30)), true, null, null, " 首尾有空格 "],
  ["GJ-2026-002", -3, new Date(Date.UTC(1999, 11, 31)), new Date(Date.UTC(2026, 0, 1, 23, 59, 59)), false, "", null, "换\n行 <&> 「引号」 _x000D_"],
  ["GJ-2026-003", 1e-7, null, null, null, null, null, "𠮷 emoji 😀"],
];

const book = new ExcelJS.Workbook();
book.created = book.modified = new Date(Date.UTC(2026, 10, 22));
const sheet = book.addWorksheet("表");
rows.forEach((row) => sheet.addRow(row));
sheet.getColumn(3).numFmt = "yyyy-mm-dd";
sheet.getColumn(4).numFmt = "yyyy-mm-dd hh:mm:ss";
sheet.getCell("G2").value = { formula: "B2*2", result: 25 };
sheet.getCell("G3").value = { formula: "A3&\"x\"", result: "GJ-2026-002x" };
sheet.getCell("G4").value = { error: "#N/A" };
sheet.getCell("H5").value = { richText: [{ text: "粗", font: { bold: true } }, { text: " 细" }] };
sheet.mergeCells("A6:B7");
await book.xlsx.writeFile("exceljs.xlsx");

const plain = XLSX.utils.aoa_to_sheet(rows, { UTC: true, dateNF: "yyyy-mm-dd hh:mm:ss" });
plain["G2"] = { t: "n", v: 25, f: "B2*2" };
plain["G3"] = { t: "s", v: "GJ-2026-002x", f: "A3&\"x\"" };
plain["G4"] = { t: "e", v: 42 };
const other = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(other, plain, "表");
XLSX.writeFile(other, "sheetjs.xlsx", { bookSST: false });
