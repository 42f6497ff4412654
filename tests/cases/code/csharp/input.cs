using System;

namespace Shop.Orders
{
    /// <summary>
    /// An order that was paid. See <see cref="Invoice"/>.
    /// </summary>
    public class Order { }
}
