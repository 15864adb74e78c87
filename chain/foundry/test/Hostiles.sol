// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";

import {Fill, Market} from "../../contracts/Market.sol";
import {Till} from "../../contracts/Till.sol";

/// @notice An account that accepts goods, singly and in batches.
abstract contract Receiver is IERC1155Receiver {
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external virtual returns (bytes4) {
        return this.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        virtual
        returns (bytes4)
    {
        return this.onERC1155BatchReceived.selector;
    }

    function supportsInterface(bytes4) external pure returns (bool) {
        return true;
    }
}

/// @notice Takes neither money nor goods.
contract Refuser {
    receive() external payable {
        revert("no money");
    }

    function buy(Market market, Fill calldata fill) external payable {
        market.buy{value: msg.value}(fill, msg.value, type(uint256).max);
    }
}

/// @notice Takes goods, but no money back.
contract Proud is Receiver {
    receive() external payable {
        revert("no change");
    }

    function buy(Market market, Fill calldata fill) external payable {
        market.buy{value: msg.value}(fill, msg.value, type(uint256).max);
    }
}

/// @notice Withdraws again while it is being paid.
contract Drain {
    Till private immutable till;
    bool public refused;

    constructor(Till till_) {
        till = till_;
    }

    function start(uint256 amount) external {
        till.withdraw(payable(address(this)), amount);
    }

    receive() external payable {
        try till.withdraw(payable(address(this)), msg.value) {}
        catch {
            refused = true;
        }
    }
}

/// @notice Calls the market with something prepared whenever goods or money reach it.
contract Returner is Receiver {
    Market private immutable market;
    bytes private again;
    uint256 public refusals;
    bytes4 public reason;

    constructor(Market market_) {
        market = market_;
    }

    function prepare(bytes calldata call_) external {
        again = call_;
    }

    function buy(Fill calldata fill) external payable {
        market.buy{value: msg.value}(fill, msg.value, type(uint256).max);
    }

    function checkout(Fill[] calldata fills, bool bestEffort) external payable {
        market.checkout{value: msg.value}(fills, msg.value, type(uint256).max, bestEffort);
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external override returns (bytes4) {
        comeBack();
        return this.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        override
        returns (bytes4)
    {
        comeBack();
        return this.onERC1155BatchReceived.selector;
    }

    receive() external payable {
        comeBack();
    }

    function comeBack() private {
        (bool ok, bytes memory answer) = address(market).call(again);
        if (ok) return;
        ++refusals;
        reason = bytes4(answer);
    }
}

/// @notice A contract wallet: what its owner's key signed counts as signed by it (ERC-1271).
contract Wallet is IERC1271, Receiver {
    address private immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return 0;
        address signer = ecrecover(digest, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
        return signer == owner ? this.isValidSignature.selector : bytes4(0);
    }

    receive() external payable {}
}

/// @notice A seller whose signature check burns all the gas there is.
contract Furnace {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        while (true) {}
        return 0;
    }
}
