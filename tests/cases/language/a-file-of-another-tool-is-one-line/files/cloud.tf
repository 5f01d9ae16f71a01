resource "cloud_bucket" "orders" {
  name = "orders"
}
