// the shop
spec_version = "0.1.0"

threatmodel "Shop" {
  author = "ana"
}
