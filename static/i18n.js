// Streamlit has no translations of its own: its fixed English words are brought to Japanese here, unless the
// address asks for English (lang=en). Words the pages write themselves come translated from the server.
// Classic script in the head of the page, put there by kayoi.ui.guard: it runs before Streamlit's own.
(() => {
  // Told where the server is, Streamlit need not guess it from the path of the page (and fail once per page).
  window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: new URL("../../", document.currentScript.src).href };

  const WORDS = {
    // choosing
    "Choose an option": "選択してください", "Choose options": "選択してください", "Select...": "選択…",
    "Select all": "すべて選択", "No results": "該当なし", "No options": "選択肢がありません",
    "No options to select": "選択肢がありません", "No options to select.": "選択肢がありません。",
    "Clear value": "値を消す", "Clear all": "すべて消す", "Clear selection": "選択を解除", "open": "開く",
    "Open": "開く", "Selected values": "選択中の値", "(required)": "（必須）", "Show password": "パスワードを表示",
    "Press Enter to apply": "Enterキーで確定", "Press Enter to submit form": "Enterキーで送信",
    // dates
    "Date range": "期間", "Choose date": "日付を選ぶ", "Choose date range": "期間を選ぶ", "Calendar": "カレンダー",
    "Quick select a date range": "期間の早見から選ぶ", "Past Week": "過去1週間", "Past Month": "過去1か月",
    "Past 3 Months": "過去3か月", "Past 6 Months": "過去6か月", "Past Year": "過去1年", "Past 2 Years": "過去2年",
    "Click to start selecting date range": "押すと期間の選択を始めます",
    "Click to finish selecting date range": "押すと期間の選択を終えます",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "矢印キーで日付を移動し、Enterキーで選び、Escapeキーで閉じます。",
    // menu and frame
    "Main menu": "メニュー", "App pages": "ページ一覧", "Rerun": "再実行", "Print": "印刷", "Settings": "設定",
    "Record a screencast": "画面を録画", "Record screen": "画面を録画", "About": "このアプリについて", "Get help": "ヘルプ",
    "Report a bug": "不具合を報告", "Theme": "配色", "System": "端末の設定", "Light": "明るい", "Dark": "暗い",
    "Skip to main content": "本文へ移動", "Close": "閉じる", "Cancel": "取消", "Copy": "コピー",
    "Copied": "コピーしました", "Copy to clipboard": "クリップボードへコピー", "Copy version to clipboard": "版の番号をコピー", "Link to heading": "見出しへのリンク",
    "Sidebar": "サイドバー", "Map": "地図", "Toggle attribution": "出典の表示", "file upload": "ファイルの取込",
    "Vega visualization": "グラフ", "Expand sidebar": "サイドバーを開く", "Collapse sidebar": "サイドバーを閉じる",
    "Open sidebar": "サイドバーを開く", "Close sidebar": "サイドバーを閉じる",
    "Help": "説明", "Show help": "説明を表示", "Loading": "読み込み中", "Loading...": "読み込み中…",
    "Running": "処理中", "Running...": "処理中…", "RUNNING...": "処理中…", "Stop": "停止",
    // tables
    "Search": "検索", "Fullscreen": "全画面", "Close fullscreen": "全画面を閉じる",
    "Toggle fullscreen": "全画面の切替", "Download as CSV": "CSVで保存", "Download as PNG": "PNGで保存",
    "Show/hide columns": "列の表示・非表示", "Show data": "データを表示", "Show chart": "グラフを表示",
    "Sort ascending": "昇順に並べる", "Sort descending": "降順に並べる", "Autosize": "列幅を合わせる",
    "Pin column": "列を固定", "Unpin column": "列の固定を解除", "Hide column": "列を隠す",
    "Copy column name": "列名をコピー", "Statistics": "統計", "Format": "表示形式", "No data": "データなし",
    "empty": "空", "Empty": "空", "Add row": "行を追加", "Delete row(s)": "行を削除",
    "Automatic": "自動", "Localized": "地域の形式", "Plain": "そのまま", "Compact": "短縮", "Percent": "百分率",
    "Scientific": "指数", "Accounting": "会計", "Yen": "円", "Distance": "経過", "Minimum": "最小",
    "Maximum": "最大", "Median": "中央値", "Average": "平均", "Sum": "合計", "Standard deviation": "標準偏差",
    "Distinct": "種類", "Values": "値", "Based on sample": "一部の行による", "Top values": "多い値",
    // charts and maps
    "Download plot as a PNG": "画像（PNG）で保存", "Download plot as a png": "画像（PNG）で保存",
    "Download plot": "画像で保存", "Zoom": "拡大範囲を選ぶ", "Zoom in": "拡大", "Zoom out": "縮小", "Pan": "移動",
    "Box Select": "四角で選ぶ", "Lasso Select": "なぞって選ぶ", "Autoscale": "自動調整", "Reset axes": "軸を戻す",
    "Reset view": "表示を戻す", "Reset views": "表示を戻す", "Reset bearing to north": "北を上に戻す",
    "Double-click to zoom back out": "ダブルクリックで元の大きさに戻ります",
    // uploads
    "Upload": "ファイルを選ぶ", "Browse files": "ファイルを選ぶ", "Drag and drop a file here": "ここへファイルを置く",
    "Drag and drop files here": "ここへファイルを置く", "Drag and drop directories here": "ここへフォルダーを置く",
    "Only one file is allowed.": "置けるファイルは1つです。", "Too many files": "ファイルが多すぎます",
    "Click to retry upload": "押すともう一度送ります", "Network Error": "通信できませんでした",
    "Download failed": "保存できませんでした", "Remove file": "ファイルを外す", "Add files": "ファイルを足す", "Error:": "エラー:", "Delete file": "ファイルを外す",
    // when something is wrong
    "Page not found": "ページが見つかりません",
    "The page that you have requested does not seem to exist": "お探しのページはありません",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "お探しのページはありません。先頭のページを表示します。",
    "Connecting": "接続中", "CONNECTING": "接続中", "Connecting to Streamlit server": "サーバーへ接続中",
    "Connection error": "接続が切れました", "Connection timed out.": "接続が時間切れになりました。",
    "Streamlit server is not responding. Are you connected to the internet?":
      "サーバーから応答がありません。接続を確かめてください。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "サーバーが止まっています。管理者に連絡するか、次のコマンドで起動し直してください:",
    "An error has occurred, please try again.": "うまくいきませんでした。もう一度お試しください。",
    "Script execution error": "画面を作れませんでした", "Try again": "もう一度",
    "Unknown error": "原因のわからない失敗です", "Unknown Error": "原因のわからない失敗です",
  };
  const PARTS = { year: "年", month: "月", day: "日" };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];
  const SHAPES = [
    [/^(\d+)\s?([KMG]B) per file(?: • (.+))?$/, (_, n, unit, kinds) => `1ファイル ${n}${unit} まで${kinds ? `（${kinds}）` : ""}`],
    [/^Limit (\d+)\s?([KMG]B) per file(?: • (.+))?$/, (_, n, unit, kinds) => `1ファイル ${n}${unit} まで${kinds ? `（${kinds}）` : ""}`],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, (_, n) => `選べるのは${n}件までです。先に1件外してください。`],
    [/^• ([A-Z0-9, ]+)$/, (_, kinds) => `（${kinds}）`],
    [/^Made with Streamlit v(.+)$/, (_, version) => `Streamlit ${version} で作成`],
    [/^(?:(year|month|day), )?(.+?) (start|end) date$/, (_, part, name, which) =>
      `${name}の${which === "start" ? "開始日" : "終了日"}${part ? `（${PARTS[part]}）` : ""}`],
    [/^Selected Date: (\w+) (\d+), (\d+)$/, (_, month, day, year) =>
      `選択中の日付: ${year}年${MONTHS.indexOf(month) + 1}月${Number(day)}日`],
    [/^Select (\d+) matches$/, (_, n) => `該当する${n}件を選ぶ`],
    [/^(Show\/hide columns|Download as CSV|Download as PNG|Search|Fullscreen|Close fullscreen|Show data|Show chart): (.+)$/s,
      (_, what, name) => `${WORDS[what]}: ${name}`],
    [/^(\w+) icon$/, () => "アイコン"],
    [/^Add: (.+)$/, (_, text) => `追加: ${text}`],
    [/^Help for (.+)$/, (_, name) => `${name}の説明`],
    [/^Remove (.+)$/, (_, name) => `${name}を外す`],
    [/^Selected (.+)\. (.+)$/, (_, value, name) => `${name}: ${value} を選択中`],
    [/^(?:Error: )?File must be (.+?)(?:\.0)?([KMG]B) or smaller\.$/, (_, size, unit) =>
      `ファイルが大きすぎます（1ファイル ${size}${unit} まで）。分けて書き出すか、管理者に相談してください。`],
    [/^(?:Error: )?(\S+) files are not allowed\.$/, (_, kind) => `${kind} のファイルは読めません。`],
    [/^File is (larger|smaller) than (.+)$/, (_, how, size) => `ファイルが ${size} より${how === "larger" ? "大きい" : "小さい"}です`],
  ];
  const ATTRIBUTES = ["placeholder", "aria-label", "title", "data-title", "aria-roledescription"];
  // Nothing a page or a reader wrote is touched; but the button of an upload box is Streamlit's, in a page's clothes.
  const THEIRS = '[data-testid="stMarkdownContainer"], .js-plotly-plot svg, textarea, [contenteditable="true"]';
  const OURS = '[data-testid="stFileUploaderDropzone"]';
  const isTheirs = (element) => Boolean(element?.closest(THEIRS)) && !element.closest(OURS);

  const known = new WeakMap(); // node → { key: [English, Japanese] }, to go back when the reader chooses English
  const inJapanese = () => new URLSearchParams(location.search).get("lang") !== "en";

  const japaneseFor = (english) => {
    const word = english.trim();
    if (!word || !/[A-Za-z]/.test(word)) return null;
    if (Object.hasOwn(WORDS, word)) return english.replace(word, () => WORDS[word]);
    for (const [shape, say] of SHAPES) if (shape.test(word)) return word.replace(shape, say);
    return null;
  };

  const turn = (node, key, read, write) => {
    const now = read();
    if (now === null) return;
    const pairs = known.get(node) ?? {};
    if (!inJapanese()) {
      if (pairs[key] && now === pairs[key][1]) write(pairs[key][0]);
      return;
    }
    const japanese = japaneseFor(now);
    if (japanese === null || japanese === now) return;
    known.set(node, { ...pairs, [key]: [now, japanese] });
    write(japanese);
  };

  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!isTheirs(node.parentElement)) turn(node, "#", () => node.nodeValue, (text) => { node.nodeValue = text; });
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.tagName === "SCRIPT" || node.tagName === "STYLE") return;
      for (const name of ATTRIBUTES) turn(node, name, () => node.getAttribute(name), (text) => node.setAttribute(name, text));
      if (!isTheirs(node)) node.childNodes.forEach(visit);
    }
  };

  let spoken = inJapanese();
  const follow = () => {
    document.documentElement.lang = inJapanese() ? "ja" : "en";
    if (spoken !== inJapanese()) {
      spoken = inJapanese();
      visit(document.body);
    }
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) {
      const result = original.apply(this, args);
      follow();
      return result;
    };
  }
  addEventListener("popstate", follow);

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(visit);
      else visit(change.target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  follow();
})();
