"""Runs Presidio's pattern recognizers over the corpus of the redaction test.

Not a part of the build. `pip install presidio-analyzer`, run RedactionCorpusTest (it writes
target/redaction-corpus.jsonl), then: python src/test/python/compare_presidio.py
"""
import importlib
import inspect
import json
import pkgutil
import sys
import time
from collections import Counter, defaultdict

import presidio_analyzer.predefined_recognizers as predefined
from presidio_analyzer import EntityRecognizer, PatternRecognizer

KINDS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "iban",
    "IP_ADDRESS": "ip",
}
IDS = {
    "US_SSN", "US_ITIN", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE", "UK_NINO", "UK_NHS", "PL_PESEL", "FI_PERSONAL_IDENTITY_CODE",
    "SG_NRIC_FIN", "IN_AADHAAR", "AU_TFN", "KR_RRN", "SE_PERSONNUMMER", "TH_TNIN", "ZA_ID_NUMBER", "TR_NATIONAL_ID",
    "DE_TAX_ID", "CA_SIN",
}
LEAST_SCORE = 0.4


def recognizers():
    seen = set()
    for module in pkgutil.walk_packages(predefined.__path__, predefined.__name__ + "."):
        if ".ner" in module.name or "third_party" in module.name or "nlp_engine" in module.name:
            continue
        for _, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            is_pattern = issubclass(cls, PatternRecognizer) or cls.__name__ == "PhoneRecognizer"
            if is_pattern and cls is not PatternRecognizer and cls not in seen and issubclass(cls, EntityRecognizer):
                seen.add(cls)
                try:
                    recognizer = cls()
                except Exception:  # noqa: BLE001: some are abstract
                    continue
                kinds = {KINDS.get(e) or ("national_id" if e in IDS else None) for e in recognizer.supported_entities}
                if kinds - {None}:
                    yield recognizer


def main():
    found, missed, wrong, examples = Counter(), Counter(), Counter(), defaultdict(list)
    all_recognizers = list(recognizers())
    print(len(all_recognizers), "recognizers:", sorted({e for r in all_recognizers for e in r.supported_entities}))
    started = time.process_time()
    characters = 0
    for line in open("target/redaction-corpus.jsonl", encoding="utf-8"):
        sample = json.loads(line)
        text, kind = sample["text"], (sample["kind"] or "").lower()
        characters += len(text)
        hits = set()
        covered = False
        for recognizer in all_recognizers:
            for r in recognizer.analyze(text, recognizer.supported_entities, None) or []:
                name = KINDS.get(r.entity_type) or ("national_id" if r.entity_type in IDS else None)
                if name is None or r.score < LEAST_SCORE:
                    continue
                hits.add((name, r.entity_type, r.start, r.end))
                covered |= name == kind and text[r.start:r.end].strip() in sample["value"] and len(text[r.start:r.end]) > 5 or (
                    name == kind and sample["value"] in text[r.start:r.end])
        if kind in set(KINDS.values()) | {"national_id"}:
            (found if covered else missed)[kind] += 1
            if not covered and len(examples["missed " + kind]) < 12:
                examples["missed " + kind].append(sample["value"])
        for name, entity, start, end in hits:
            if name != kind:
                wrong[name] += 1
                key = f"wrong {name} {entity}"
                if len(examples[key]) < 4:
                    examples[key].append(text[start:end])
    for kind in list(KINDS.values()) + ["national_id"]:
        tp, fn, fp = found[kind], missed[kind], wrong[kind]
        print(f"{kind}: recall {tp / (tp + fn):.3f} precision {tp / max(1, tp + fp):.3f} ({fn} missed, {fp} elsewhere)")
    print(f"{(time.process_time() - started) * 1e9 / characters:.0f} ns per character")
    if "-v" in sys.argv:
        for key, values in sorted(examples.items()):
            print(key, values)


if __name__ == "__main__":
    main()
