"""The tables of a study: who is best in each domain, and the study's own beside yours."""

from dataclasses import replace

from guie_desktop.cli.study.figure_tables import (
    best_by_domain,
    column_names,
    evaluation_table,
    long_table,
    side_by_side,
)
from guie_desktop.cli.study.published_tables import data_table, table_1
from guie_desktop.study.evaluation.data_counts import DataCounts
from guie_desktop.study.evaluation.published import M4D_35K, learned_numbers, trainable_numbers
from tests.study.evaluation.test_record import record

SIGLIP = "siglip-so400m-14-384-0123456789ab"


def test_the_published_counts_come_of_the_layer_and_one_centre_a_class() -> None:
    assert learned_numbers(1152, 64) == 73_792
    assert trainable_numbers(1152, 64, 34_800) == 2_300_992
    # As published, rounded set by set.
    assert sum(one.classes for one in M4D_35K) == 34_800
    assert sum(one.photos for one in M4D_35K) == 328_400


def test_the_row_of_a_run_like_the_study_has_its_counts() -> None:
    table = table_1([replace(record("mine", "run"), backbone=SIGLIP)])
    *_, study, own = table.rows
    assert own[0] == "yours: mine"
    assert own[3] == "0.500 (0.250 to 0.750)"
    assert own[4:6] == ["430.5 M", "2.3 M"]  # which the study rounds to 431 M
    assert study[4:6] == ["431 M", "2.3 M"]
    assert own[6] == "siglip-so400m-14-384; 73,792 learned numbers remain"
    (*_, small) = table_1([replace(record("mine", "run"), feature_dimension=1280, classes=57)]).rows
    assert small[5] == "85,632"
    (*_, raw) = table_1([replace(record("raw", "raw"), backbone=SIGLIP, classes=0)]).rows
    assert raw[4:] == ["428.2 M", "-", "siglip-so400m-14-384; nothing is trained"]
    (*_, unknown) = table_1([record("raw", "raw")]).rows
    assert unknown[4] == "-"


def test_the_best_of_each_row_is_marked() -> None:
    records = [record("one", "run", 0.4), record("other", "run", 0.7)]
    assert best_by_domain(records) == {"cars": "other"}
    domain, merged, separate, every = side_by_side(records, "{}*".format).rows
    assert domain == ["cars", "0.400", "0.700*"]
    assert merged[1:] == ["0.400", "0.700*"]
    assert separate[1:] == every[1:] == ["0.500*", "0.500*"]
    assert side_by_side(records, "{}*".format, "p1").rows[0] == ["cars", "0.600*", "0.600*"]
    assert column_names([*records, replace(records[0], backbone=SIGLIP)]) == [
        "one, net-b-16",
        "other, net-b-16",
        "one, siglip-so400m-14-384",
    ]


def test_domains_without_queries_have_no_figures() -> None:
    cars, toys, *_ = evaluation_table(record("one", "run").evaluation).rows
    assert cars[:4] == ["cars", "3", "9", "20"]
    assert toys == ["toys", "0", "0", "0", "-", "-", "-", "-"]
    rows = long_table([record("one", "run", 0.7)]).rows
    assert [row[3:5] for row in rows] == [
        ["cars", "separate"],
        ["cars", "merged"],
        ["mean of domains", "separate"],
        ["mean of domains", "merged"],
        ["every query", "merged"],
    ]
    assert rows[1][5:8] == ["0.70000", "0.25000", "0.75000"]


def test_each_data_set_of_the_study_stands_beside_yours() -> None:
    counts = {
        ("cars", "stanford-cars-refined"): DataCounts(900, 7_000, 800, 6_000),
        ("grocery", "grocery"): DataCounts(81, 2_640, 70, 2_200),
    }
    rows = data_table(counts).rows
    assert rows[3] == ["cars", "Stanford Cars, refined", "1,000", "7,300", "900", "7,000", "800", "6,000"]
    assert rows[0][4:] == ["-"] * 4
    assert rows[4] == ["grocery", "grocery", "-", "-", "81", "2,640", "70", "2,200"]
    assert rows[5] == ["all", "", "34,800", "328,400", "981", "9,640", "870", "8,200"]
