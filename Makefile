# デジ活デスク: two commands are enough, `make run` and `make test`; both look after what they need.

PY = .venv/bin/python
# What the system lacks is named before anything is downloaded, so it is looked at before the libraries.
ready = sh build_spec/system_packages.sh $(1) && sh build_spec/python_environment.sh

.PHONY: help setup run test nightly bench faults house words unmoved mutants usability office same same_definitions screenshots pictures bundle windows clean

help:
	@echo "make run          アプリを開く（画面のない環境では、見本年度の書類と画面を out/ に書き出す）"
	@echo "make test         すべての検査とテスト"
	@echo "make nightly      make test が行わない、長いテスト（一覧と理由は tests/nightly.md）"
	@echo "make screenshots  すべての画面を out/screenshots/ に書き出す"
	@echo "make pictures     文書の絵（docs/pictures/）を作り直す"
	@echo "make bundle       配布用フォルダを dist/ に作り、動作を確かめる"
	@echo "make windows      Windows 用の配布用フォルダを Wine で作り、1つのファイルにまとめる（6分ほど、混んだパソコンでは長くかかる）"
	@echo "make bench        速さを測る（PART=csv で1つだけ、混んだ機械では PROCESSOR=1）"
	@echo "make faults       書込み中の停止を繰り返し、失われるものがないかを確かめる"
	@echo "make house        プログラムの作りの数を並べる"
	@echo "make words        画面・履歴・お断り・書類の言葉を書き直す（差は git diff で見る。KIND=決定通知 で書類の1種類だけ）"
	@echo "make unmoved      書類・画面・履歴・問合せの数を控える（FILE=）、控えと比べる（AGAINST=）"
	@echo "make same         名前と置き場所だけを変えた版が、前の版と同じことを言うかを確かめる（AGAINST= TABLE=）"
	@echo "make same_definitions 置き場所だけを変えた版が、前の版と同じ定義を持つかを確かめる（AGAINST=）"
	@echo "make mutants      規則・数・書類の中身をわざと壊し、テストが気づかないところを並べる（N=200 SEED= BELOW=app/events、続きから行える）"
	@echo "make usability    仕事にかかるキー・クリック・判断を、前の版と比べて並べる"
	@echo "make office       見本年度のブックと Word のファイルをすべて LibreOffice で開き、誤りがないかを確かめる"
	@echo "make clean        作ったものを消す（データは消さない）"

setup:
	@$(call ready,test)

run:
	@$(call ready,run)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  exec $(PY) -m app; \
	fi; \
	echo "画面のない環境のため、見本年度の書類と画面を out/ に書き出します（数分かかります）。" >&2; \
	QT_QPA_PLATFORM=offscreen $(PY) -m app demo --out out && \
	echo "画面のない環境のため、見本年度の書類と画面を書き出しました: $$(pwd)/out"

test: setup
	@sh build_spec/checks.sh

nightly: setup
	@$(PY) -m pytest -q -n 2 --dist worksteal -m nightly

bench: setup
	@QT_QPA_PLATFORM=offscreen $(PY) tests/bench/run.py $(if $(PART),--part $(PART)) $(if $(PROCESSOR),--processor)

faults: setup
	@$(PY) tests/faults/run.py $(if $(PART),--part $(PART)) $(if $(SEED),--seed $(SEED))

house: setup
	@QT_QPA_PLATFORM=offscreen $(PY) tests/house/run.py

# The tour of all screens, the reading of the source and the papers write what they otherwise compare.
words: setup
	@DESK_WORDS=write DESK_KIND="$(KIND)" $(PY) -m pytest -q -s -p no:cacheprovider tests/documents/test_words_of_papers.py \
		$(if $(KIND),,tests/architecture/test_said_words.py tests/startup/test_places_of_buttons.py \
		tests/startup/test_layout.py::test_every_screen_and_dialog_says_what_is_written_down \
		$(shell grep -rl --include='test_*.py' assert_says tests))

unmoved: setup
	@$(PY) tests/house/unmoved.py $(if $(AGAINST),compare $(AGAINST),write $(FILE))

same: setup
	@$(PY) -m build_spec.rename.same $(AGAINST) $(TABLE)

same_definitions: setup
	@$(PY) -m build_spec.rename.definitions $(AGAINST)

mutants: setup
	@$(PY) tests/mutants/run.py $(if $(N),--count $(N)) $(if $(SEED),--seed $(SEED)) $(if $(BELOW),--below $(BELOW)) $(if $(OWN),--own-only)

usability: setup
	@QT_QPA_PLATFORM=offscreen $(PY) tests/usability/run.py; more=$$?; \
	QT_QPA_PLATFORM=offscreen $(PY) tests/usability/run.py --no-mouse && exit $$more

office: setup
	@$(PY) tests/office/run.py

screenshots: setup
	@for size in 1366x768 125 150 175 200 1920x1080; do \
		QT_QPA_PLATFORM=offscreen $(PY) -m app demo --out out --only screenshots --size $$size || exit 1; \
	done

pictures: setup
	@QT_QPA_PLATFORM=offscreen $(PY) build_spec/doc_pictures.py

bundle:
	@$(call ready,bundle)
	@echo "配布用フォルダを作っています（1分ほど）…" >&2
	@mkdir -p build; env $$($(PY) build_spec/commit.py) $(PY) -m PyInstaller --noconfirm --clean --distpath dist --workpath build build_spec/desk.spec \
		>build/bundle.log 2>&1 || { tail -n 1 build/bundle.log; echo "作れませんでした。記録: build/bundle.log"; exit 1; } >&2
	@$(PY) build_spec/smoke.py dist/dejikatsu-desk

# make windows ARCHIVE=python-3.11.9-embed-amd64.zip SHA256=… RELEASE=1 makes what is given out: build_spec/windows.md.
windows:
	@$(call ready,windows)
	@$(PY) build_spec/windows.py $(if $(ARCHIVE),--python "$(ARCHIVE)" --sha256 "$(SHA256)") $(if $(RELEASE),--release)

clean:
	@rm -rf build dist out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
