from tests.kills.harness import run_kills


def test_no_letter_is_accepted_twice_or_lost_over_ten_kills(tmp_path):
    tally = run_kills(10, tmp_path, count=60)
    assert tally.kills == 10
    assert (tally.twice, tally.lost) == ([], [])
