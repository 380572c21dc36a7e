from capa_xl.effects.resources import FOLDERS, resource_dir, resource_dir_of


def test_a_checkout_finds_workbooks_and_templates_at_its_top():
    assert all((resource_dir() / name).is_dir() for name in FOLDERS)
    assert resource_dir("workbooks") == resource_dir() / "workbooks"


def test_a_wheel_finds_them_inside_the_package(tmp_path):
    package = tmp_path / "site-packages" / "capa_xl"
    (package / "_resources" / "workbooks").mkdir(parents=True)
    assert resource_dir_of(package) == package / "_resources"
